import type { RequestDescription } from '../requests/describe-request.js';

/** Characters that XML cannot hold, and half surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const UNSPEAKABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * What a picture says of itself as an XMP packet (ISO 16684-1), in any script: Dublin Core's description for viewers, the
 * seed and the whole request in a namespace of our own.
 */
export function writeXmp({ prompt, seed, parameters, manifest }: RequestDescription): string {
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:easel="urn:easel:1">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escaped(prompt)}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>Easel</xmp:CreatorTool>
<easel:seed>${seed}</easel:seed>
<easel:manifest>${manifest}</easel:manifest>
<easel:parameters>${escaped(parameters)}</easel:parameters>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
}

function escaped(text: string): string {
  return text.replace(UNSPEAKABLE, '').replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}
