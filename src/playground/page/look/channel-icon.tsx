/** Discord's channel types that are told apart; everything else is a plain channel. */
const ICONS: Readonly<Record<number, readonly [sign: string, name: string]>> = {
  1: ['@', 'direct message'],
  2: ['♪', 'voice channel'],
  5: ['!', 'announcements'],
  11: ['↳', 'thread'],
  12: ['↳', 'private thread'],
  13: ['♫', 'stage'],
  15: ['▤', 'forum'],
  16: ['▦', 'media channel'],
};

export function ChannelIcon({ type, isAdult }: { readonly type: number; readonly isAdult: boolean }) {
  const [sign, name] = ICONS[type] ?? ['#', 'channel'];
  return (
    <span class="channel-icon">
      <span aria-hidden="true">{sign}</span>
      <span class="unseen">{isAdult ? `age-restricted ${name}` : name} </span>
      {isAdult ? (
        <span class="adult" aria-hidden="true" title="Age-restricted">
          18
        </span>
      ) : null}
    </span>
  );
}
