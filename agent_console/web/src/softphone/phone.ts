/** The softphone of this page. */
import type { SoftphoneGrant } from "../contract.ts";
import { serverNow } from "../lib/clock.ts";
import { http } from "../lib/http.ts";
import { watchLevel } from "./level.ts";
import { isRefused, listDevices, openMicrophone, watchDevices } from "./microphone.ts";
import { DRIVERS } from "./softphone.ts";
import { StandingPhone } from "./standing.ts";

export const phone = new StandingPhone({
  grant: () => http<SoftphoneGrant>("POST", "/api/softphone", {}),
  driver: async (name) => {
    const load = DRIVERS[name];
    if (!load) throw new Error(`no driver for ${name}`);
    return load();
  },
  microphone: async () => {
    const stream = await openMicrophone();
    void listDevices();
    return stream;
  },
  isRefused,
  watchDevices,
  watchLevel,
  now: serverNow,
  later: (seconds, run) => {
    const timer = setTimeout(run, seconds * 1000);
    return () => clearTimeout(timer);
  },
});
