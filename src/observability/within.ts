/**
 * The answer, or an error after `ms` milliseconds. The work itself goes on: whoever asks must be able to live with that.
 * @throws `late`; absent: an error naming the limit
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
