// Facts that several tests ask about.

/** A record that counts, with whatever is said otherwise. */
export const activity = (more = {}) => ({
  awardedOn: '2024-05-10',
  credits: '21.5',
  hours: '72',
  subjectKind: 'professional',
  jobRelated: true,
  professionRelated: true,
  electronic: true,
  ...more,
});

/** A practitioner with these records. */
export const practitioner = (...activities) => ({ practitioner: { personId: '1001', activities } });

/** What is asked about them. */
export const question = { given: { year: 2024 }, asOf: '2024-09-23' };

/** The first problem of an error that must be thrown. */
export function problemOf(run) {
  try {
    run();
  } catch (error) {
    return { ...error.problems[0], error };
  }
  throw new Error('nothing was thrown');
}
