<?php

use Illuminate\Support\Facades\Schedule;

Schedule::command('chat:prune-attachments')->daily();
Schedule::command('sanctum:prune-expired --hours=24')->daily();
