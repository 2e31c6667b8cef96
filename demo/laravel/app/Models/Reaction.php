<?php

namespace App\Models;

use Illuminate\Database\Eloquent\Model;

/**
 * @property int $message_id
 * @property int $user_id
 * @property string $emoji
 */
class Reaction extends Model
{
    public $timestamps = false;

    protected $fillable = ['user_id', 'emoji'];
}
