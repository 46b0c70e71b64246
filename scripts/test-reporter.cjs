// The last line of a run, `N passed, N failed`. A skipped test counts as failed: every part that a test wants is installed by the run itself.
module.exports = class LastLineReporter {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    this.failed = results.numFailedTests + results.numRuntimeErrorTestSuites + skipped;
    if (skipped > 0) console.log(`${skipped} skipped: each counts as failed`);
    process.on('exit', () => console.log(`${results.numPassedTests} passed, ${this.failed} failed`));
  }

  getLastError() {
    return this.failed > 0 ? new Error(`${this.failed} failed`) : undefined;
  }
};
