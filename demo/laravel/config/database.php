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
            // SQLite has no row locks. Taking the write lock at BEGIN is what makes the conversation's counter
            // (App\Chat\MessageLog) as safe here as `SELECT … FOR UPDATE` makes it on MySQL and PostgreSQL.
            'transaction_mode' => 'IMMEDIATE',
        ],

    ],

];
