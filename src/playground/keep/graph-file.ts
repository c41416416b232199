import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultDeserializer, DefaultSerializer } from 'node:v8';

/**
 * Plain data whose objects refer to each other, as one buffer: what structured cloning keeps (maps, sets, bigints, circles),
 * with every `Uint8Array` in a file of its own, named by its sha256, so that a picture is written once however often the
 * data around it change.
 */
export function writeGraph(
  value: unknown,
  filesFolder: string,
): { bytes: Buffer; files: ReadonlySet<string> } {
  const files = new Set<string>();
  const serializer = new DefaultSerializer();
  const writeView = (view: Uint8Array) => {
    const name = createHash('sha256').update(view).digest('hex');
    const path = join(filesFolder, name);
    if (!existsSync(path)) writeFileSync(path, view);
    files.add(name);
    serializer.writeRawBytes(Buffer.from(name, 'hex'));
  };
  // The hook of `v8.Serializer` for array buffer views; its types do not know it.
  Object.assign(serializer, { _writeHostObject: writeView });
  serializer.writeHeader();
  serializer.writeValue(value);
  return { bytes: serializer.releaseBuffer(), files };
}

/** @throws for bytes that are no such graph, or whose files are gone. */
export function readGraph(bytes: Buffer, filesFolder: string): unknown {
  const deserializer = new DefaultDeserializer(bytes);
  const readView = () => {
    const name = Buffer.from(deserializer.readRawBytes(32)).toString('hex');
    return new Uint8Array(readFileSync(join(filesFolder, name)));
  };
  Object.assign(deserializer, { _readHostObject: readView });
  deserializer.readHeader();
  return deserializer.readValue();
}
