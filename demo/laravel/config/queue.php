<?php

return [

    // `deferred` runs a job in the same process once the response has been sent: broadcasts go out at once, need no
    // worker, and nobody waits for a Reverb that is down (as with `sync`).
    // It does not try again. In production use `redis` or `database`, and run `php artisan queue:work --sleep=0.1`.
    'default' => env('QUEUE_CONNECTION', 'deferred'),

];
