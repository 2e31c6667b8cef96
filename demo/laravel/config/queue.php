<?php

return [

    // `deferred` runs a job in the same process once the response has been sent: broadcasts go out at once, need no
    // worker, and a Reverb that is down cannot turn a stored message into a failed request (as `sync` would).
    // It does not try again. In production use `redis` or `database`, and run `php artisan queue:work --sleep=0.1`.
    'default' => env('QUEUE_CONNECTION', 'deferred'),

];
