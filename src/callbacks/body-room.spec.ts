import { BodyRoom, type Place } from './body-room.js';

const MIB = 1024 * 1024;

let room: BodyRoom;
beforeEach(() => (room = new BodyRoom()));

const bodyOf = (bytes: number): Place => {
  const place = room.enter();
  place.grow(bytes);
  return place;
};
const refused = (act: () => unknown) =>
  expect(act).toThrow(
    expect.objectContaining({ code: 'OVERLOADED', options: { retryAfterSeconds: 5 } }) as Error,
  );

test('six bodies of 16 MiB are held at once, and a seventh is refused', () => {
  for (let i = 0; i < 6; i++) bodyOf(16 * MIB);
  refused(() => bodyOf(16 * MIB));
});

test('small bodies have room that large ones cannot take', () => {
  for (let i = 0; i < 6; i++) bodyOf(16 * MIB);
  for (let i = 0; i < 32; i++) bodyOf(MIB);
  refused(() => bodyOf(1));
});

test('a body that grows large counts with all of its bytes among the large ones', () => {
  for (let i = 0; i < 6; i++) bodyOf(15.5 * MIB);
  const growing = bodyOf(MIB);
  growing.grow(2 * MIB);
  refused(() => growing.grow(1));
});

test('what leaves gives its bytes back, once', () => {
  const places = Array.from({ length: 6 }, () => bodyOf(16 * MIB));
  places[0]?.leave();
  places[0]?.leave();
  bodyOf(16 * MIB);
  refused(() => bodyOf(16 * MIB));
});

test('a body that was refused more holds what it has until it leaves', () => {
  const places = Array.from({ length: 6 }, () => bodyOf(16 * MIB));
  refused(() => places[0]?.grow(MIB));
  places[0]?.leave();
  refused(() => bodyOf(17 * MIB));
  bodyOf(16 * MIB);
});
