// What is said of an answer that is a failure of the server.

import assert from "node:assert/strict";
import { test } from "node:test";

import { failureOf, isFailure } from "../../static/js/failures.js";

test("the number is told with the words", () => {
  assert.equal(failureOf(500, "K7M2Q9XBRT"), "系统出错（编号 K7M2Q9XBRT）");
  assert.equal(failureOf(507, "K7M2Q9XBRT"), "服务器存储空间不足（编号 K7M2Q9XBRT）");
  assert.equal(failureOf(503, "K7M2Q9XBRT"), "服务器暂时不能使用（编号 K7M2Q9XBRT）");
});

test("a proxy has no number, and what was refused is found under none", () => {
  assert.equal(failureOf(502, null), "服务器暂时不能使用");
  assert.equal(failureOf(504, null), "服务器没有及时答复");
  assert.equal(failureOf(413, "K7M2Q9XBRT"), "提交的内容过大");
});

test("a refusal says itself what is wrong", () => {
  assert.deepEqual([413, 500, 502, 507].map(isFailure), [true, true, true, true]);
  assert.deepEqual([200, 302, 403, 404, 409, 422].map(isFailure), Array(6).fill(false));
});
