/** Callers with the phone menu now. */
import { computed } from "@preact/signals";
import { contacts, setup } from "../model/store.ts";

export const hasPhone = computed(() => setup.value?.calls != null);

export const inMenu = computed(
  () =>
    Object.values(contacts.value).filter(
      (one) => one.channel === "phone" && one.state === "in_self_service",
    ).length,
);
