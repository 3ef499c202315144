"""From facts to the JSON of `web/src/contract.ts`; pure."""
