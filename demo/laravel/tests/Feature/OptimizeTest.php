<?php

namespace Tests\Feature;

use Tests\TestCase;

/** `php artisan optimize` belongs to a deployment. Not called here, as the configuration of a test is not to be kept. */
class OptimizeTest extends TestCase
{
    public function test_views_can_be_cached_although_there_are_none(): void
    {
        $this->artisan('view:cache')->assertSuccessful();
    }
}
