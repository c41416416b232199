/** What proves to the host that this page came from it. */
export const secret =
  document.querySelector<HTMLMetaElement>('meta[name="playground-secret"]')?.content ?? '';
