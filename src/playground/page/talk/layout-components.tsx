import type { File } from '../../host/message-protocol.js';
import { AnyComponent, type ComponentProps } from './components.js';
import { Picture } from './files.js';

/** Components that arrange others (Discord's second version of components). */
export function Section({ component, message }: ComponentProps) {
  return (
    <div class="section">
      <div>
        {component.components?.map((inner, index) => (
          <AnyComponent key={index} component={inner} message={message} />
        ))}
      </div>
      {component.accessory === undefined ? null : accessory({ component: component.accessory, message })}
    </div>
  );
}

function accessory({ component, message }: ComponentProps) {
  if (component.type !== 11) return <AnyComponent component={component} message={message} />;
  return <img class="embed-thumbnail" src={component.media?.url} alt={component.description ?? ''} />;
}

export function Container({ component, message }: ComponentProps) {
  const { accent_color: colour } = component;
  const bar = colour ? { style: { '--bar': `#${colour.toString(16).padStart(6, '0')}` } } : {};
  return (
    <section class="embed" {...bar}>
      {component.components?.map((inner, index) => (
        <AnyComponent key={index} component={inner} message={message} />
      ))}
    </section>
  );
}

export function Gallery({ component, message }: ComponentProps) {
  return (
    <div class="files">
      {component.items?.map(({ media, description }, index) => {
        const file = message.files.find(({ url }) => url === media.url);
        return (
          <Picture
            key={index}
            file={{ ...(file ?? elsewhere(media.url)), ...(description ? { description } : {}) }}
          />
        );
      })}
    </div>
  );
}

export function FilePart({ component, message }: ComponentProps) {
  const file = message.files.find(({ url }) => url === component.file?.url);
  if (file === undefined) return null;
  return (
    <a class="file" href={file.url} download={file.name}>
      {file.name}
    </a>
  );
}

export function Separator({ component }: Pick<ComponentProps, 'component'>) {
  return component.divider === false ? <div class="gap" /> : <hr />;
}

/** A picture that is no upload. */
function elsewhere(url: string): File {
  return {
    id: url,
    name: 'picture',
    url,
    size: 0,
    contentType: 'image/*',
    description: null,
    width: null,
    height: null,
  };
}
