// A number with its noun: one row, 1,200 rows.
export const counted = (count, one, many = one + 's') => `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
