import type { DeployContext } from '../engine/cloud.ts';
import type { Target } from '../engine/target.ts';
import { type Circumstances, explained } from './explain.ts';
import type { Pace } from './pace.ts';
import { openSession, type Session } from './session.ts';

/** A session in which something is done, and what it has come to. */
export interface Run extends Session {
  /** Tells of a step before and after it. */
  step<T>(name: string, action: (going: (detail: string) => void) => Promise<T>): Promise<T>;
  /** Tells of a step that was not needed. */
  skip(name: string, why: string): void;
  /** Notes what is there now and was not before. */
  leave(name: string): void;
  /** Notes that it is there no longer. */
  take(name: string): void;
  /** Notes what goes on at Google whatever happens here. */
  setGoingOn(what: string | null): void;
}

interface Where {
  readonly target: Target;
  readonly context: DeployContext;
  readonly pace: Pace;
}

/** Opens a session, does it, closes the session; a failure says what it left and what to type next. */
export async function run<T>(
  verb: Circumstances['verb'],
  where: Where,
  action: (run: Run) => Promise<T>,
): Promise<T> {
  const notes = new Notes();
  const session = await opened(verb, where, notes);
  try {
    return await action(toRun(session, notes));
  } catch (error) {
    throw notes.explained(error, verb, where, session);
  } finally {
    await session.functions.close();
  }
}

/** The same of something that is told bit by bit. */
export async function* runEach<T>(
  verb: Circumstances['verb'],
  where: Where,
  action: (run: Run) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const notes = new Notes();
  const session = await opened(verb, where, notes);
  try {
    yield* action(toRun(session, notes));
  } catch (error) {
    throw notes.explained(error, verb, where, session);
  } finally {
    await session.functions.close();
  }
}

async function opened(verb: Circumstances['verb'], where: Where, notes: Notes): Promise<Session> {
  try {
    return await openSession(where.target, where.context, where.pace);
  } catch (error) {
    throw notes.explained(error, verb, where, null);
  }
}

/** What a run has to say for itself when it fails. */
class Notes {
  leftBehind: readonly string[] = [];
  goingOn: string | null = null;

  explained(
    error: unknown,
    verb: Circumstances['verb'],
    { target, context: { signal, env } }: Where,
    session: Session | null,
  ): unknown {
    const { leftBehind, goingOn } = this;
    const project = session?.names.project ?? target.account;
    return explained(error, { target, project, env, signal, verb, leftBehind, goingOn });
  }
}

function toRun(session: Session, notes: Notes): Run {
  const { onStep } = session.context;
  return {
    ...session,
    step: async (name, act) => {
      onStep({ name, state: 'started' });
      const result = await act((detail) => onStep({ name, state: 'progress', detail }));
      onStep({ name, state: 'done' });
      return result;
    },
    skip: (name, why) => onStep({ name, state: 'skipped', detail: why }),
    leave: (name) => {
      notes.leftBehind = [...notes.leftBehind, name];
    },
    take: (name) => {
      notes.leftBehind = notes.leftBehind.filter((each) => each !== name);
    },
    setGoingOn: (what) => {
      notes.goingOn = what;
    },
  };
}
