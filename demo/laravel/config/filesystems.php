<?php

return [

    'disks' => [

        'local' => [
            'driver' => 'local',
            'root' => storage_path('app/private'),
            // Attachments go out through their own signed route, which decides what a browser may show.
            'serve' => false,
            'throw' => true,
        ],

    ],

];
