import { Toast } from './look/toast.js';
import { Lightbox } from './look/lightbox.js';
import { Places } from './look/places.js';
import { isConnected } from './state/connection.js';
import { channel, isForum, isListOpen, viewer } from './state/place.js';
import { home } from './state/things.js';
import { ChannelHeader } from './talk/channel-header.js';
import { Forum } from './talk/forum.js';
import { ModalForm } from './talk/modal-form.js';
import { Timeline } from './talk/timeline.js';
import { Drawer } from './tools/drawer.js';
import { Composer } from './write/composer.js';

export function App() {
  const here = channel.value;
  if (home.value === undefined || here === undefined) {
    return (
      <main class="empty-page">{isConnected.value ? 'Nothing to see here.' : 'Opening the playground…'}</main>
    );
  }
  return (
    <div
      class="app"
      data-list={isListOpen.value ? 'open' : undefined}
      aria-busy={viewer.value !== undefined && viewer.value !== home.value.viewer}
    >
      <Places />
      {isListOpen.value ? (
        <button
          type="button"
          class="scrim"
          aria-label="Close the list of channels"
          onClick={() => {
            isListOpen.value = false;
          }}
        />
      ) : null}
      <main class="channel" aria-label={here.name}>
        <ChannelHeader channel={here} />
        {isForum(here) ? <Forum channel={here} /> : <Timeline channel={here} />}
        <Composer key={here.id} channel={here} />
      </main>
      <Drawer />
      <Lightbox />
      <ModalForm />
      <Toast />
    </div>
  );
}
