/** Ends this process when the one that started it is gone; a channel alone does not keep it alive. */
export function exitWithParent(): void {
  process.on('disconnect', () => process.exit(0));
  process.channel?.unref();
}

/** Answers the parent's pings, for as long as the event loop turns. */
export function answerPings(): void {
  process.on('message', () => process.send?.({ pong: true }));
  process.channel?.unref();
}
