import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Person} from '../../src/model/index.js';

describe('the first name of a person', () => {
  const cases: Readonly<Record<string, string>> = {
    'Ali Valiyev': 'Ali',
    '  Ali\u00a0Valiyev ': 'Ali',
    '山田　太郎': '山田',
    'ali@example.com': 'ali@example.com',
    '': '',
    'محمد علي': 'محمد',
    'عبد الرحمن علي': 'عبد الرحمن',
    'أبو بكر': 'أبو بكر',
    'ام كلثوم ابراهيم': 'ام كلثوم',
    'عبدالله علي': 'عبدالله',
    'أمل علي': 'أمل',
    عبد: 'عبد',
  };
  for (const [name, firstName] of Object.entries(cases)) {
    it(`is ${firstName || 'empty'} for ${name || 'no name'}`, () => assert.equal(new Person({id: 1, name}).firstName, firstName));
  }
});
