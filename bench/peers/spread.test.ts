import { describe, expect, it } from 'vitest';
import { ratiosOf, spreadOf } from './spread.ts';

describe('the spread of several rounds', () => {
  it('has the middle one as its median, whatever the order', () => {
    expect(spreadOf([9, 1, 5])).toEqual({ median: 5, min: 1, max: 9 });
  });

  it('takes the mean of the two in the middle when their number is even', () => {
    expect(spreadOf([4, 1, 2, 9])).toEqual({ median: 3, min: 1, max: 9 });
  });

  it('sorts by size and not as text', () => {
    expect(spreadOf([10, 9, 100]).median).toBe(10);
  });

  it('is not moved far by one round that went wrong', () => {
    expect(spreadOf([1, 1, 1, 1, 1_000]).median).toBe(1);
  });
});

describe('ratios', () => {
  it('are taken to the base of the same round', () => {
    expect(ratiosOf([2, 40, 3], [1, 20, 3])).toEqual([2, 2, 1]);
  });
});
