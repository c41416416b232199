import { Refusal } from '../rest/error.js';
import type { Call, Reply, Route } from '../rest/route.js';
import { type Complaint, errorTree } from './complaint.js';
import { gatewayEvents } from './gateway-events.js';
import { complaintsOf } from './schema.js';

/** Something the client sent that no working client would have. */
export interface Violation {
  readonly route: string;
  readonly body: unknown;
  readonly refusal: Refusal;
}

/** Refusals that only a mistake in the client's making brings about; others happen to everyone now and then. */
const MISTAKES = new Set([50035, 50006, 50109, 40005]);

export interface Inspector {
  readonly enabled: boolean;
  readonly violations: readonly Violation[];
  /** Ways in which the stand-in itself strayed from Discord's description. */
  readonly ownMistakes: readonly unknown[];
  bodyComplaints(route: Route, call: Call): Complaint[];
  /** @throws when an answer of ours is not what the description promises. */
  checkAnswer(name: string, route: Route, reply: Reply): void;
  /** @throws when an event of ours is not what the client is promised. */
  checkEvent(event: string, data: unknown): void;
  violation(violation: Violation): void;
  refused(violation: Violation): void;
  /** A message of the client's that closed its connection with this code. */
  badPayload(closeCode: number): void;
  ownMistake(error: unknown): void;
}

/** Checks both sides of the conversation against Discord's description and the rules it lacks, and keeps what it finds. */
export function createInspector({ enabled }: { readonly enabled: boolean }): Inspector {
  const violations: Violation[] = [];
  const ownMistakes: unknown[] = [];
  return {
    enabled,
    violations,
    ownMistakes,
    bodyComplaints(route, call) {
      if (route.bodySchema === undefined) return [];
      const complaints = complaintsOf(route.bodySchema, call.body);
      // The rules read what the description vouches for.
      return complaints.length > 0 ? complaints : [...route.bodyRules(call)];
    },
    checkAnswer(name, { answer }, { status, body }) {
      if (!enabled) return;
      if (status === 204 || answer === undefined) {
        if (status === 204 && body === undefined) return;
        throw new Error(`Expected ${name} to answer 204 without a body, got ${status}.`);
      }
      requireConforming(`The answer to ${name}`, complaintsOf(answer, body));
    },
    checkEvent(event, data) {
      if (!enabled) return;
      const schema = gatewayEvents[event];
      if (schema === undefined) throw new Error(`Expected a schema for the gateway event ${event}.`);
      requireConforming(`The event ${event}`, complaintsOf(schema, data));
    },
    violation: (violation) => void violations.push(violation),
    refused(violation) {
      if (MISTAKES.has(violation.refusal.code)) violations.push(violation);
    },
    badPayload(closeCode) {
      const refusal = new Refusal({ status: 400, code: closeCode, message: 'Not a gateway payload.' });
      violations.push({ route: 'gateway', body: undefined, refusal });
    },
    ownMistake: (error) => void ownMistakes.push(error),
  };
}

function requireConforming(what: string, complaints: readonly Complaint[]): void {
  if (complaints.length === 0) return;
  throw new Error(
    `${what} is not what Discord's description promises: ${JSON.stringify(errorTree(complaints))}`,
  );
}
