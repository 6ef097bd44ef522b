/**
 * A test file that cannot be loaded has no tests, and stryker would say of the change behind it that it survived. It sees
 * a failed test instead.
 */
export class LoadingReporter {
  onTestRunEnd(modules) {
    for (const { task: file } of modules) {
      if (file.result?.state !== 'fail') continue;
      // Stryker takes a skipped test for a failed one if the file around it failed.
      const test = {
        type: 'test',
        id: `${file.id}_loading`,
        name: 'the file is loaded',
        mode: 'skip',
        file,
        suite: file,
      };
      file.tasks.push({ ...test, meta: {}, result: { state: 'skip' } });
    }
  }
}
