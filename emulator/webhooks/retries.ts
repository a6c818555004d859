/**
 * How long after each failure a webhook is sent again, in ms. The vendor documents six retries with exponential
 * back-off, over three days in production and over several minutes elsewhere; the steps between are ours.
 */
import { type Switches } from "../switches";

const second = 1000;
const minute = 60 * second;

const six = (first: number, factor: number) => Array.from({ length: 6 }, (_one, index) => first * factor ** index);

export const retryDelays: Readonly<Record<Switches["webhookRetries"], readonly number[]>> = {
  // 5 s, 10 s, … 160 s: over five minutes.
  staging: six(5 * second, 2),
  // 1 min, 5 min, … 52 h: over 65 hours.
  production: six(minute, 5),
};
