/** The commands of a page's shell blocks, `easel` left out, each as the arguments that a shell would give. */
export function commandsOn(page: string): readonly (readonly string[])[] {
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'));
  return lines.filter((line) => line.startsWith('easel ')).map((line) => wordsOf(line).slice(1));
}

/** Words, "quoted" or bare, up to a `#`. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  for (const [, quoted, bare] of line.matchAll(/"([^"]*)"|(\S+)/g)) {
    if (bare === '#') break;
    words.push(quoted ?? bare ?? '');
  }
  return words;
}
