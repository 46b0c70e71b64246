import type { Unit } from './units';
import { UNIT_NAMES, UNITS } from './units';

interface Counter {
  hits: number;
}

interface Window {
  /** Epoch seconds, a multiple of the unit. */
  start: number;
  readonly counters: Map<string, Counter>;
}

/**
 * Counts of the current fixed window of each unit, aligned to the clock. A window's counters go as a whole when the next
 * one begins, so that nothing older than a window is kept.
 */
export class Counters {
  private readonly windows = new Map<Unit, Window>();
  private readonly full = new Set<Unit>();

  /**
   * @param capacity the most counters a unit has in a window; the oldest one makes room for a further one
   * @param onFull called once a window when that begins
   */
  constructor(
    private readonly capacity: number,
    private readonly onFull: (unit: Unit) => void,
  ) {}

  /** Counts hits in the window that the time is in, and returns the window's total. @param now epoch seconds */
  add(unit: Unit, key: string, hits: number, now: number): number {
    const window = this.windowOf(unit, now);
    const counter = window.counters.get(key);
    if (counter) return (counter.hits += hits);
    if (window.counters.size >= this.capacity) this.makeRoom(unit, window);
    window.counters.set(key, { hits });
    return hits;
  }

  get size(): number {
    return [...this.windows.values()].reduce((sum, window) => sum + window.counters.size, 0);
  }

  private windowOf(unit: Unit, now: number): Window {
    const start = now - (now % UNITS[unit].seconds);
    const window = this.windows.get(unit);
    if (window && (start === window.start || isStepBack(start, window.start, unit))) return window;
    this.sweep(now);
    const opened = { start, counters: new Map<string, Counter>() };
    this.windows.set(unit, opened);
    this.full.delete(unit);
    return opened;
  }

  /** A unit that no rule uses any more would else keep its last window. */
  private sweep(now: number): void {
    for (const unit of UNIT_NAMES) {
      const window = this.windows.get(unit);
      if (window && now >= window.start + UNITS[unit].seconds) this.windows.delete(unit);
    }
  }

  private makeRoom(unit: Unit, window: Window): void {
    const [oldest] = window.counters.keys();
    if (oldest !== undefined) window.counters.delete(oldest);
    if (this.full.has(unit)) return;
    this.full.add(unit);
    this.onFull(unit);
  }
}

/** A clock that was set back a little must not open the last window, empty, once more. */
function isStepBack(start: number, current: number, unit: Unit): boolean {
  return start < current && current - start <= UNITS[unit].seconds;
}
