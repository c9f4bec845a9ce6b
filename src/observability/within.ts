/**
 * The answer, or an error after `ms` milliseconds. The work itself goes on, so the caller must be fine with that.
 * @throws `late`; by default an error naming the limit
 */
export async function within<T>(
  ms: number,
  answer: Promise<T>,
  late = new Error(`no answer within ${ms} ms`),
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late), ms);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
