import { useLayoutEffect, useRef } from 'preact/hooks';
import { showToast } from '../../../shared/toast.ts';
import { isLetterKey, letterKeysAreOn } from './letter-keys.ts';
import { advance, isOwnKey, isTyping, strokeName, type Pending, type Target } from './key-rules.ts';

/** Something a page can do. It is found in the palette (`⌘K`), listed under `?`, and has its keys. */
export interface Command {
  /** unique among what is on the page, such as `desk.approve` */
  id: string;
  /** in the reader's language, as a verb: “Approve” */
  label: string;
  /** `a`, `Shift+a`, `mod+Enter`, `ArrowLeft`, `Space`, `g p`; several where more than one do the same */
  keys?: string | readonly string[];
  run: () => void;
  /** why it cannot be done now: said instead of doing it */
  disabledReason?: string | null;
  /** holding the key down does it again and again: for moving, never for deciding */
  repeats?: boolean;
}

/** A key that is no command of its own, such as an arrow: under `?`, not in the palette. */
export type KeyBinding = Omit<Command, 'id'>;

interface Registered extends Command {
  isFindable: boolean;
  /** those of the shell itself are listed after the page's */
  isShell: boolean;
}

/** What is on the page, one list for each component; where two want the same key, the first has it. */
const sets = new Map<object, Registered[]>();

function useSet(commands: Registered[]): void {
  const owner = useRef({}).current;
  // After every drawing, so that `run` sees what the page shows.
  useLayoutEffect(() => {
    sets.set(owner, commands);
  });
  useLayoutEffect(
    () => () => {
      sets.delete(owner);
    },
    [],
  );
}

/**
 * Registers commands while the component is shown. Keys do nothing while somebody types, and nothing in a
 * dialog; a stroke that holds ⌘ or Ctrl works while typing, too.
 *
 *     useCommands([
 *       { id: 'desk.approve', label: say.desk('approve'), keys: 'a', run: () => decide('approved'),
 *         disabledReason: mayJudge ? null : say.desk('viewerOnly') },
 *     ]);
 */
export function useCommands(commands: readonly Command[]): void {
  useSet(commands.map((command) => ({ ...command, isFindable: true, isShell: false })));
}

/**
 * Keys that nobody would look for by name: moving, selecting.
 *
 *     useKeys([{ label: say.desk('next'), keys: ['ArrowRight', 'j'], repeats: true, run: () => table.move(1) }]);
 */
export function useKeys(bindings: readonly KeyBinding[]): void {
  useSet(bindings.map((one, place) => ({ ...one, id: `key-${place}`, isFindable: false, isShell: false })));
}

/** The shell's own, which are there on every page. */
export function useShellCommands(commands: readonly (Command & { isFindable: boolean })[]): void {
  useSet(commands.map((command) => ({ ...command, isShell: true })));
}

/** All that is registered now: the page's first. */
export function registered(): Registered[] {
  const all: Registered[] = [];
  sets.forEach((set) => all.push(...set));
  return all.filter((one) => !one.isShell).concat(all.filter((one) => one.isShell));
}

export const keysOf = ({ keys }: { keys?: string | readonly string[] }): readonly string[] =>
  keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys;

/** Does it, or says why it cannot be done. */
export function runCommand({ run, disabledReason }: Pick<Command, 'run' | 'disabledReason'>): void {
  if (disabledReason) showToast(disabledReason);
  else run();
}

/** Listens for the keys of all commands. @returns how to stop */
export function listenForKeys(): () => void {
  let pending: Pending | null = null;
  const onKey = (event: KeyboardEvent) => {
    const name = strokeName(event);
    const target = event.target instanceof Element ? (event.target as unknown as Target) : null;
    if (!name || event.defaultPrevented || event.isComposing) return;
    const isStopped = isLetterKey(name) && !letterKeysAreOn();
    const isFree = !isStopped && (name.indexOf('mod+') === 0 || !isTyping(target));
    if (!isFree || isOwnKey(target, name) || document.querySelector('[aria-modal="true"]')) {
      pending = null;
      return;
    }
    const all = registered();
    const step = advance(
      pending,
      name,
      event.timeStamp,
      all.reduce<string[]>((found, one) => found.concat(keysOf(one)), []),
    );
    pending = step.pending;
    if (step.pending) event.preventDefault();
    const { matched } = step;
    const command = matched !== null && all.find((one) => keysOf(one).includes(matched));
    if (!command) return;
    event.preventDefault();
    if (!event.repeat || command.repeats) runCommand(command);
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
