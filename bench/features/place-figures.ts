/** `<!-- figure NAME: what it shows -->`, and the picture below it, if it is there. */
const PLACE = /^<!-- figure ([a-z-]+): (.+) -->\n(?:!\[.*\]\(features\/.*\)\n)?/gm;

/** The page with every figure that there is below its place. */
export function placeFigures(page: string, isThere: (name: string) => boolean): string {
  return page.replace(PLACE, (_, name: string, shows: string) => {
    const place = `<!-- figure ${name}: ${shows} -->\n`;
    return isThere(name) ? `${place}![${shows}](features/${name}.webp)\n` : place;
  });
}
