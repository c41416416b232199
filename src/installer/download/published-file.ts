/** A file that is published somewhere. What nobody has stated is undefined, never guessed. */
export interface PublishedFile {
  /** What it is called here. */
  readonly name: string;
  /** Where it lies; byte for byte the same everywhere. The first is asked first. */
  readonly urls: readonly string[];
  readonly bytes: number | undefined;
  readonly sha256: string | undefined;
}
