import type { Complaint } from '../validation/complaint.js';
import type { QueryRule, Route } from './route.js';

/** What is wrong with a request's query; parameters the route does not know are complained about too. */
export function queryComplaints(route: Route, query: URLSearchParams): Complaint[] {
  return [...query].flatMap(([name, value]) => {
    const rule = route.queryRules[name];
    const problem = rule === undefined ? 'Not a parameter of this endpoint.' : problemWith(value, rule);
    return problem === undefined ? [] : [{ path: [name], code: 'BASE_TYPE_INVALID', message: problem }];
  });
}

function problemWith(value: string, rule: QueryRule): string | undefined {
  if (rule === 'snowflake')
    return /^\d{1,20}$/.test(value) ? undefined : `Value "${value}" is not snowflake.`;
  if (rule === 'boolean')
    return /^(true|false|1|0)$/i.test(value) ? undefined : 'Must be either true or false.';
  const number = Number(value);
  const fits = Number.isInteger(number) && number >= rule.min && number <= rule.max;
  return fits ? undefined : `int value should be between ${rule.min} and ${rule.max}.`;
}
