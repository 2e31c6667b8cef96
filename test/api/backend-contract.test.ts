import {openBackend} from './support/backend.js';
import {describeBackend} from './support/describe-backend.js';

// The Laravel demo is held against the same contract in `test/laravel/`, where PHP is at hand.
describeBackend({name: process.env['CHAT_BACKEND_URL'] ?? 'demo/server', open: openBackend});
