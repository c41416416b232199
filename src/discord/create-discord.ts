import { type Client, type CloseEvent, Events, RESTEvents, Status } from 'discord.js';
import type { RequestOutcome } from '../contracts/request-outcome.js';
import type { FindUnknownWords } from '../contracts/unknown-words.js';
import type { Jobs, Publisher } from '../jobs/api.js';
import type { CrashHook } from '../jobs/crash-points.js';
import type { Logger } from '../log.js';
import type { Composer } from '../requests/compose-request.js';
import { announce, announceInherited } from './showing/announce.js';
import { createAnswers } from './asking/answers.js';
import { createChannelEditor } from './showing/channel-editor.js';
import { createClient } from './client.js';
import type { BotClock } from '../clock.js';
import type { Command } from './asking/command.js';
import type { Desk, PreferenceShelf } from './asking/desk.js';
import { catchUp } from './asking/catch-up.js';
import { showPresence } from './showing/presence.js';
import { trustedOrigins } from './asking/fetch-attachment.js';
import { dispatch } from './asking/dispatch.js';
import type { MessageMenu } from './asking/menu.js';
import { hearDeletions } from './asking/hear-deletions.js';
import { createWhispers } from './asking/whispers.js';
import { createModerators } from './showing/moderators.js';
import { tellDeeds } from './showing/tell-deeds.js';
import type { FitPicture } from './showing/fit-picture.js';
import { deleteUnwanted } from './messages/delete-unwanted.js';
import { createMessages } from './messages/messages.js';
import { inviteUrl, type Staff } from './people/permissions.js';
import { createPlacePost } from './messages/place-post.js';
import { notify } from './showing/notify.js';
import { createPublisher } from './showing/publisher.js';
import { keepCommands } from './asking/keep-commands.js';
import { keepOffer } from './asking/keep-offer.js';
import { offeredCommands } from './asking/offer-commands.js';
import { awaitDiscord, expelled, wrongToken } from './log-in.js';
import { createDiscordTime } from './messages/discord-time.js';
import { createShowProgress } from './showing/show-progress.js';

export interface DiscordOptions {
  readonly token: string;
  readonly apiUrl: string;
  readonly commandsGuild: string | undefined;
  readonly editIntervalMs: number;
  readonly commands: readonly Command[];
  readonly menus: readonly MessageMenu[];
  readonly jobs: Jobs;
  readonly requests: Composer;
  readonly unknownWords: (model: string) => Promise<FindUnknownWords>;
  readonly fitPicture: FitPicture;
  readonly makeFilm: Desk['makeFilm'];
  readonly cutFromSheet: Desk['cutFromSheet'];
  readonly preferences: PreferenceShelf;
  readonly staff: Staff;
  /** The most steps that are painted. */
  readonly maxSteps: number;
  readonly clock: BotClock;
  readonly log: Logger;
  readonly crash: CrashHook;
  /** Hears how every request to Discord came back. */
  readonly onRequest: (outcome: RequestOutcome) => void;
  /** Hears when Discord will not have us any more: the token was reset, the bot deleted. */
  readonly onExpelled: (error: Error) => void;
}

export interface Discord {
  /** Shows how jobs end; usable once connected. */
  readonly publisher: Publisher;
  /**
   * Connects, as soon as Discord can be reached, and tells it the commands where they changed. @returns the link that
   * invites the bot.
   *
   * @throws UserError when Discord will not have the bot; AbortError when the signal comes first.
   */
  connect(signal: AbortSignal): Promise<string>;
  /** Begins to answer; what people asked since `connect` is answered now. Call once jobs have started. */
  open(): void;
  /** Whether events of Discord reach us now. */
  isConnected(): boolean;
  /** Stops answering, finishes the answers under way and disconnects. */
  close(): Promise<void>;
}

/** Wires the rooms of Discord: client, messages, channel editor, publisher, commands. */
export function createDiscord(options: DiscordOptions): Discord {
  const { jobs, clock, log, crash, staff, requests, unknownWords, fitPicture, preferences } = options;
  let isConnected = false;
  let expel: (error: Error) => void = () => {};
  const expulsion = new Promise<never>((_, reject) => {
    expel = (error) => {
      // Nobody would see what became of it.
      jobs.close();
      reject(error);
      options.onExpelled(error);
    };
  });
  // It may come before anybody awaits it, or after.
  expulsion.catch(() => {});
  const client = createClient(options.apiUrl, (outcome) => {
    options.onRequest(outcome);
    // discord.js forgets a token that was refused once: from then on nothing can be said. Interactions have their own.
    const isOurs = !/^\/(webhooks|interactions)\//.test(outcome.route);
    if (isConnected && outcome.status === 401 && isOurs) expel(new Error(wrongToken(undefined).message));
  });
  const time = createDiscordTime(clock);
  client.rest.on(RESTEvents.Response, (_, { headers }) => time.note(Date.parse(headers.get('date') ?? '')));
  const messages = createMessages(client.rest, () => client.user?.id ?? '');
  const answers = createAnswers();
  const whispers = createWhispers(clock);
  const moderators = createModerators({ client, jobs, messages });
  const place = createPlacePost({
    messages,
    clock: time,
    remember: (id, ref) => jobs.rememberMessage(id, ref),
  });
  const progress = createShowProgress({
    jobs,
    place,
    answers,
    fitPicture,
    clock,
    onFramePosted: (jobId) => crash('frame-posted', jobId),
  });
  const editor = createChannelEditor({
    clock,
    intervalMs: options.editIntervalMs,
    show: progress.show,
    onError: (error, job) => log.warn({ err: error, job }, 'progress could not be shown'),
  });
  const publisher = createPublisher({
    jobs,
    editor,
    place,
    messages,
    answers,
    fitPicture,
    onUploaded: (jobId) => {
      crash('final-uploaded', jobId);
      // A turn that was under way when the job ended has left its traces by now.
      progress.forget(jobId);
    },
  });
  const closing = new AbortController();
  let deleting = Promise.resolve();
  const deleteWhatIsUnwanted = () => {
    deleting = deleting
      .then(() => deleteUnwanted({ jobs, messages, log, signal: closing.signal }))
      .catch((error: unknown) => log.warn({ err: error }, 'messages could not be taken away'));
  };
  const desk: Desk = {
    ...{
      jobs,
      requests,
      unknownWords,
      messages,
      fitPicture,
      makeFilm: options.makeFilm,
      cutFromSheet: options.cutFromSheet,
    },
    attachmentOrigins: trustedOrigins(options.apiUrl),
    ...{ preferences, commands: options.commands.map(({ data }) => data) },
    ...{ answers, whispers, moderators, progress, staff, log, crash },
  };
  const stopTakingAway = jobs.on(({ type }) => {
    if (type === 'unwanted') deleteWhatIsUnwanted();
  });
  let stopPresence = () => {};
  let stopOffering = () => {};
  let catchingUp: Promise<void> | undefined;
  const gate = createGate();
  const stopHearingDeletions = hearDeletions({ client, jobs, log, opened: gate.opened });
  const stopTellingDeeds = tellDeeds({ jobs, moderators, whispers, messages, log });
  const stopHearing = dispatch({
    client,
    commands: options.commands,
    menus: options.menus,
    desk,
    opened: gate.opened,
  });
  const stopNotifying = notify({ jobs, preferences, messages, log });
  const stopAnnouncing = announce({ jobs, editor, progress, clock });
  logConnection(client, options);
  // discord.js reconnects by itself after every other way of closing.
  client.on(Events.ShardDisconnect, ({ code }: CloseEvent) => expel(expelled(code)));

  return {
    publisher,

    async connect(signal) {
      const { apiUrl, token, commandsGuild: guildId } = options;
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      aborted.catch(() => {});
      await awaitDiscord({ client, token, apiUrl, clock, log, signal });
      const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
      const login = client.login(token).then(() => ready);
      login.catch(() => {});
      const online = await Promise.race([login, expulsion, aborted]);
      isConnected = true;
      const offer = async () => {
        const models = (await requests.models()).length;
        const commands = offeredCommands({ ...options, models });
        return keepCommands({ client: online, guildId, commands, log });
      };
      // A model is asked for where there are several to choose from.
      const look = async () => String((await requests.models()).length > 1);
      const { isChanged, stop } = await keepOffer({ look, offer, clock, log });
      stopOffering = stop;
      log.info({ guilds: client.guilds.cache.size, commandsChanged: isChanged }, 'connected to Discord');
      return inviteUrl(online.application.id);
    },

    open() {
      gate.open();
      announceInherited({ jobs, editor });
      deleteWhatIsUnwanted();
      stopPresence = showPresence({ client, jobs, clock });
      if (!client.isReady()) return;
      catchingUp = catchUp(client, desk, closing.signal).catch((error: unknown) =>
        log.warn({ err: error }, 'reactions could not be looked for'),
      );
    },

    isConnected: () => client.isReady() && client.ws.status === Status.Ready,

    async close() {
      closing.abort();
      stopTakingAway();
      stopPresence();
      stopOffering();
      await catchingUp;
      stopAnnouncing();
      await stopNotifying();
      // Whoever still waits hears that the bot is stopping.
      gate.open();
      await stopHearing();
      await stopHearingDeletions();
      await stopTellingDeeds();
      await editor.close();
      // It says so of a connection that we end ourselves, too.
      client.removeAllListeners(Events.ShardReconnecting);
      await client.destroy();
    },
  };
}

/** Holds everybody until it is opened. */
function createGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

function logConnection(client: Client, { log }: DiscordOptions): void {
  client.on(Events.Error, (err) => log.error({ err }, 'discord client'));
  client.on(Events.Warn, (message) => log.warn({ message }, 'discord client'));
  client.on(Events.ShardError, (err) => log.warn({ err }, 'connection to Discord failed'));
  client.on(Events.ShardReconnecting, () => log.info('reconnecting to Discord'));
  client.on(Events.ShardResume, (_, replayed) => log.info({ replayed }, 'connection to Discord resumed'));
}
