import { median } from './figure.ts';

/** What a call takes, and what another takes that was measured turn by turn with it. */
export interface Timed {
  readonly microseconds: number;
  readonly fastest: number;
  /** How many times as long as the peer. */
  readonly ratio: number;
}

const rounds = 25;
const warmUp = 5;
const manyCalls = 2000;

/** How often each was called, for a note. */
export const howOften = (callsPerRound = manyCalls): string =>
  `medians of ${rounds} rounds of ${callsPerRound}`;

/** A call and the peer that it is held against; each answers with a number. */
interface Peers<Input> {
  readonly own: (input: Input) => number;
  readonly peer: (input: Input) => number;
  /** Fewer where a call takes milliseconds. */
  readonly callsPerRound?: number;
}

/** Calls one and its peer in turns, so that what disturbs the one disturbs the other; each call answers with a number. */
export function timeAgainst<Input>(
  inputs: readonly Input[],
  { own, peer, callsPerRound = manyCalls }: Peers<Input>,
): Timed {
  const taken: { readonly own: number; readonly peer: number }[] = [];
  for (let turn = 0; turn < warmUp + rounds; turn += 1) {
    const each = {
      own: round(inputs, own, callsPerRound),
      peer: round(inputs, peer, callsPerRound),
    };
    if (turn >= warmUp) taken.push(each);
  }
  const samples = taken.map((each) => each.own);
  return {
    microseconds: median(samples),
    fastest: Math.min(...samples),
    ratio: median(taken.map((each) => each.own / each.peer)),
  };
}

function round<Input>(
  inputs: readonly Input[],
  make: (input: Input) => number,
  callsPerRound: number,
): number {
  let made = 0;
  const start = performance.now();
  for (let call = 0; call < callsPerRound; call += 1) {
    const input = inputs[call % inputs.length];
    if (input !== undefined) made += make(input);
  }
  const microseconds = ((performance.now() - start) * 1000) / callsPerRound;
  if (!(made > 0)) throw new Error('nothing was made');
  return microseconds;
}
