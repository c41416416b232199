import type { Job } from './job.js';

/** Everything that is kept of a person, as they are given it: times in ISO 8601, ids as Discord's. */
export interface PersonalData {
  readonly userId: string;
  readonly pictures: readonly (Pick<Job, 'id' | 'state' | 'request' | 'message' | 'reason'> & {
    readonly server: string | null;
    readonly channel: string;
    readonly asked: string | null | undefined;
    readonly started: string | null | undefined;
    readonly ended: string | null | undefined;
  })[];
  /** Rows of pictures that cannot be read any more, as they are. */
  readonly damaged: readonly Readonly<Record<string, unknown>>[];
  readonly bans: readonly { readonly where: string; readonly reason: string | null; readonly at: string }[];
  readonly limits: readonly { readonly where: string; readonly name: string; readonly value: string }[];
  /** What they chose in `/me`; null where nothing. */
  readonly choices: unknown;
  /** What they did as a moderator or reported, and what moderators did about them. */
  readonly deeds: readonly {
    readonly at: string;
    readonly action: string;
    readonly server: string | null;
    readonly picture: string | null;
    readonly byYou: boolean;
    readonly detail: unknown;
  }[];
}
