<?php

return [

    'default' => env('DB_CONNECTION', 'sqlite'),

    'connections' => [

        'sqlite' => [
            'driver' => 'sqlite',
            'url' => env('DB_URL'),
            'database' => env('DB_DATABASE', database_path('database.sqlite')),
            'prefix' => '',
            'foreign_key_constraints' => true,
            // Readers never wait for the writer, and a second writer waits instead of failing.
            'journal_mode' => 'WAL',
            'busy_timeout' => 10_000,
            'synchronous' => env('DB_SYNCHRONOUS', 'NORMAL'),
            // On PHP 8.4 and later a transaction waits for its turn at BEGIN. App\Chat\MessageLog does not rely on it.
            'transaction_mode' => 'IMMEDIATE',
        ],

    ],

];
