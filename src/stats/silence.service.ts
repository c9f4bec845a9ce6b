import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { sameHoursBefore } from './cairo-hours.js';
import { readLastCallback, readUsualSilence } from './silence.repository.js';
import type { SilenceDto } from './stats.dto.js';

const WEEKS = 8;
/** With fewer hours to compare, nobody knows what is usual. */
const LEAST_HOURS = 4;
/** Seven weeks of eight: one week with an outage or a holiday does not make silence usual. */
const USUAL_SHARE = 0.85;
/**
 * If callbacks come at random, one hour in nine has a longer silence than the eight before it. Only one in thousands has one
 * three times as long.
 */
const SILENT_TIMES = 3;
/** Restarts and slow networks are no news. */
const SILENT_MINUTES_AT_LEAST = 10;

/** Tells the silence of eNROLL from the quiet of a Friday morning. */
@Injectable()
export class Silence {
  constructor(
    private readonly connection: EntityManager,
    private readonly config: Config,
  ) {}

  /**
   * Compares the minutes since the last callback with the usual silence of this hour of the week in Cairo; as long as that
   * is unknown, with the limit `silenceHours`.
   */
  async read(now = new Date()): Promise<SilenceDto> {
    const lastCallbackAt = await readLastCallback(this.connection);
    const usual = await readUsualSilence(this.connection, sameHoursBefore(now, WEEKS), USUAL_SHARE);
    const minutesSinceLast =
      lastCallbackAt === null ? null : Math.max(0, (now.getTime() - lastCallbackAt.getTime()) / 60_000);
    const usualMinutes = usual.seconds === null || usual.hours < LEAST_HOURS ? null : usual.seconds / 60;
    const limitMinutes =
      usualMinutes === null
        ? this.config.env.ROLLCALL_ALERT_LIMITS.silenceHours * 60
        : Math.max(SILENT_MINUTES_AT_LEAST, SILENT_TIMES * usualMinutes);
    return {
      lastCallbackAt: lastCallbackAt?.toISOString() ?? null,
      minutesSinceLast: rounded(minutesSinceLast),
      usualMinutes: rounded(usualMinutes),
      limitMinutes: Math.round(limitMinutes),
      isSilent: minutesSinceLast === null ? null : minutesSinceLast > limitMinutes,
    };
  }
}

function rounded(minutes: number | null): number | null {
  return minutes === null ? null : Math.round(minutes * 10) / 10;
}
