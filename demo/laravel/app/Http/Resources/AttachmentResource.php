<?php

namespace App\Http\Resources;

use App\Models\Attachment;
use Illuminate\Http\Request;
use Illuminate\Http\Resources\Json\JsonResource;

/** @mixin Attachment */
class AttachmentResource extends JsonResource
{
    /** Its own, so that `JsonResource::withoutWrapping()` of the application does not reach it: clients read `data`. */
    public static $wrap = 'data';

    /** @return array<string, mixed> */
    public function toArray(Request $request): array
    {
        $url = $this->resource->url();

        return [
            'id' => $this->id,
            'name' => $this->name,
            'mime_type' => $this->mime_type,
            'size' => $this->size,
            'url' => $url,
            // No thumbnails are made: that takes ext-gd or ext-imagick. Clients show what this names, so it is the picture itself.
            'thumbnail_url' => $this->resource->isPicture() ? $url : null,
            'width' => $this->width,
            'height' => $this->height,
        ];
    }
}
