/** The three boxes of a date field, as a browser sends them. */
export function dateBoxes(name: string, day: string): Record<string, string> {
  const [year = '', month = '', date = ''] = day.split('-');
  return { [`${name}Day`]: date, [`${name}Month`]: month, [`${name}Year`]: year };
}
