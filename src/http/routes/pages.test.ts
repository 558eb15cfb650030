import { describe, expect, it } from 'vitest';
import { DomainError } from '../../domain/errors.ts';
import { pageRoutes } from './pages.ts';

describe('the page of the design system', () => {
  it('is not there outside of local mode', () => {
    const route = pageRoutes.find(({ path }) => path === '/design');
    const ask = () => route?.handler({ config: { LOCAL_MODE: '0' } } as never, {} as never);
    expect(ask).toThrow(DomainError);
    expect(ask).toThrow('There is nothing at this address.');
  });
});
