/** Has the browser tell the time of this zone, at whose offset on this date; returns what takes it back. */
export function travelTo(timeZone: string, date: Date): () => void {
  const {DateTimeFormat} = Intl;
  const {getTimezoneOffset} = Date.prototype;
  const parts = new DateTimeFormat('en', {timeZone, timeZoneName: 'longOffset'}).formatToParts(date);
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/u.exec(parts.find(({type}) => type === 'timeZoneName')!.value)!;
  const offset = (sign === '+' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  Intl.DateTimeFormat = class extends DateTimeFormat {
    constructor(locale?: string, options?: Intl.DateTimeFormatOptions) {
      super(locale, {timeZone, ...options});
    }
  } as typeof DateTimeFormat;
  Date.prototype.getTimezoneOffset = () => offset;
  return () => {
    Intl.DateTimeFormat = DateTimeFormat;
    Date.prototype.getTimezoneOffset = getTimezoneOffset;
  };
}
