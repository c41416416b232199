import type { APIEmbed } from 'discord-api-types/v10';
import { Markdown } from './markdown.js';

export function Embeds({ embeds }: { readonly embeds: readonly APIEmbed[] }) {
  if (embeds.length === 0) return null;
  return (
    <>
      {embeds.map((embed, index) => (
        <Embed key={index} embed={embed} /> // an embed has no id of its own
      ))}
    </>
  );
}

function Embed({ embed }: { readonly embed: APIEmbed }) {
  const { title, url, description, author, fields = [], image, thumbnail, footer, timestamp, color } = embed;
  const bar = color === undefined ? {} : { style: { '--bar': `#${color.toString(16).padStart(6, '0')}` } };
  return (
    <section class="embed" {...bar}>
      {thumbnail === undefined ? null : <img class="embed-thumbnail" src={thumbnail.url} alt="" />}
      {author === undefined ? null : <p class="embed-author">{author.name}</p>}
      {title === undefined ? null : (
        <p class="embed-title">
          {url === undefined ? (
            <Markdown text={title} />
          ) : (
            <a href={url} target="_blank" rel="noreferrer noopener">
              {title}
            </a>
          )}
        </p>
      )}
      {description === undefined ? null : (
        <div class="embed-description">
          <Markdown text={description} />
        </div>
      )}
      {fields.length === 0 ? null : (
        <dl class="embed-fields">
          {fields.map(({ name, value, inline }, index) => (
            <div key={index} data-inline={inline ? '' : undefined}>
              <dt>
                <Markdown text={name} />
              </dt>
              <dd>
                <Markdown text={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {image === undefined ? null : <img class="embed-image" src={image.url} alt={title ?? ''} />}
      {footer === undefined && timestamp === undefined ? null : (
        <p class="embed-footer">
          {[footer?.text, timestamp === undefined ? undefined : new Date(timestamp).toLocaleString('en')]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </p>
      )}
    </section>
  );
}
