// What is said of an answer that is a failure of the server, with the number by which an administrator finds its cause.

const WORDS = new Map([
  [413, "提交的内容过大"],
  [502, "服务器暂时不能使用"],
  [503, "服务器暂时不能使用"],
  [504, "服务器没有及时答复"],
  [507, "服务器存储空间不足"],
]);

/** Whether the server failed, or refused the size: the answer then says nothing of what was asked. */
export const isFailure = (status) => status >= 500 || status === 413;

/** `系统出错（编号 K7M2Q9XBRT）`; `number` is the header X-Request-ID, null where a proxy answered. */
export function failureOf(status, number) {
  const words = WORDS.get(status) ?? "系统出错";
  return number && status >= 500 ? `${words}（编号 ${number}）` : words;
}
