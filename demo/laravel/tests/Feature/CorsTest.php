<?php

namespace Tests\Feature;

use PHPUnit\Framework\Attributes\DataProvider;
use Tests\TestCase;

class CorsTest extends TestCase
{
    #[DataProvider('origins')]
    public function test_lets_pages_of_this_machine_call_and_no_others(string $origin, bool $allowed): void
    {
        foreach (['/api/conversations', '/broadcasting/auth'] as $path) {
            $answer = $this->call('OPTIONS', $path, server: [
                'HTTP_ORIGIN' => $origin,
                'HTTP_ACCESS_CONTROL_REQUEST_METHOD' => 'POST',
                'HTTP_ACCESS_CONTROL_REQUEST_HEADERS' => 'authorization,content-type',
            ]);

            $this->assertSame($allowed ? $origin : null, $answer->headers->get('Access-Control-Allow-Origin'), $path);
        }
    }

    /** @return list<array{string, bool}> */
    public static function origins(): array
    {
        return [
            ['http://localhost:5173', true], ['http://127.0.0.1', true], ['https://localhost', true], ['http://[::1]:8080', true],
            ['http://127.1.2.3:9', true], ['https://example.com', false], ['http://localhost.example.com', false],
            ['http://localhost:5173.example.com', false], ['http://notlocalhost', false], ['null', false],
        ];
    }

    public function test_an_error_can_be_read_by_the_page_too(): void
    {
        $this->getJson('/api/conversations', ['Origin' => 'http://localhost:5173'])
            ->assertUnauthorized()
            ->assertHeader('Access-Control-Allow-Origin', 'http://localhost:5173');
    }
}
