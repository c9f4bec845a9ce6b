import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { sameHoursBefore } from './cairo-hours.js';
import { readLastCallback, readUsualSilence } from './silence.repository.js';

const WEEKS = 8;
/** With fewer hours to compare with, nothing is called unusual. */
const LEAST_HOURS = 4;
/** Seven weeks of eight: one week with an outage or a feast does not make silence usual. */
const USUAL_SHARE = 0.85;
/**
 * Of callbacks that come at random, one hour in nine is more silent than eight before it; three times as silent is one
 * in thousands.
 */
const SILENT_TIMES = 3;
/** Restarts and the lags of networks are no news. */
const SILENT_MINUTES_AT_LEAST = 10;

export interface SilenceReading {
  lastCallbackAt: Date | null;
  /** Null: there was no callback ever. */
  minutesSinceLast: number | null;
  /** The longest silence that is usual in this hour of the week; null: too little history. */
  usualMinutes: number | null;
  /** Null: unknown, for want of history. */
  isSilent: boolean | null;
}

/** Tells the silence of eNROLL from the quiet of a Friday morning. */
@Injectable()
export class Silence {
  constructor(private readonly connection: EntityManager) {}

  /** The minutes since the last callback, against what is usual in this hour of the week on Cairo's clock. */
  async read(now = new Date()): Promise<SilenceReading> {
    const lastCallbackAt = await readLastCallback(this.connection);
    const usual = await readUsualSilence(this.connection, sameHoursBefore(now, WEEKS), USUAL_SHARE);
    const minutesSinceLast =
      lastCallbackAt === null ? null : Math.max(0, (now.getTime() - lastCallbackAt.getTime()) / 60_000);
    const usualMinutes = usual.seconds === null || usual.hours < LEAST_HOURS ? null : usual.seconds / 60;
    const isSilent =
      minutesSinceLast === null || usualMinutes === null
        ? null
        : minutesSinceLast > Math.max(SILENT_MINUTES_AT_LEAST, SILENT_TIMES * usualMinutes);
    return { lastCallbackAt, minutesSinceLast, usualMinutes, isSilent };
  }
}
