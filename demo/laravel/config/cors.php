<?php

return [

    // `broadcasting/auth` stands outside `api/*`. Left out, a page of another origin connects but cannot subscribe.
    'paths' => ['api/*', 'broadcasting/auth', 'sanctum/csrf-cookie'],

    'allowed_methods' => ['*'],

    'allowed_origins' => array_values(array_filter(explode(',', (string) env('CORS_ALLOWED_ORIGINS', '')))),

    // While developing, any page of this machine may call.
    'allowed_origins_patterns' => env('APP_ENV', 'production') === 'production'
        ? []
        : ['#\Ahttps?://(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?\z#'],

    'allowed_headers' => ['*'],

    'exposed_headers' => ['Retry-After'],

    'max_age' => 600,

    'supports_credentials' => (bool) env('CORS_SUPPORTS_CREDENTIALS', false),

];
