// Preloaded into a process that is measured: collects garbage when it gets SIGUSR2.
process.on('SIGUSR2', () => global.gc());
