<?php

namespace Tests\Feature;

use Tests\TestCase;

/** The environment holds nothing but text, and Reverb answers each frame with an error where it counts with it. */
class ReverbConfigTest extends TestCase
{
    private const NUMBERS = [
        'REVERB_MAX_REQUEST_SIZE' => 'servers.reverb.max_request_size',
        'REVERB_APP_PING_INTERVAL' => 'apps.apps.0.ping_interval',
        'REVERB_APP_ACTIVITY_TIMEOUT' => 'apps.apps.0.activity_timeout',
        'REVERB_APP_MAX_CONNECTIONS' => 'apps.apps.0.max_connections',
        'REVERB_APP_MAX_MESSAGE_SIZE' => 'apps.apps.0.max_message_size',
        'REVERB_APP_RATE_LIMIT_MAX_ATTEMPTS' => 'apps.apps.0.rate_limiting.max_attempts',
        'REVERB_APP_RATE_LIMIT_DECAY_SECONDS' => 'apps.apps.0.rate_limiting.decay_seconds',
    ];

    public function test_numbers_of_the_environment_are_numbers(): void
    {
        $before = $_SERVER;
        $this->beforeApplicationDestroyed(fn () => $_SERVER = $before);

        foreach (array_keys(self::NUMBERS) as $n => $name) {
            $_SERVER[$name] = (string) ($n + 20);
        }

        $config = require config_path('reverb.php');

        foreach (array_values(self::NUMBERS) as $n => $path) {
            $this->assertSame($n + 20, data_get($config, $path), $path);
        }
    }

    public function test_as_many_may_connect_as_come_where_nothing_is_said(): void
    {
        $this->assertNull(config('reverb.apps.apps.0.max_connections'));
    }
}
