namespace Experiments.Control.Publishing;

/// <summary>Which snapshots stay. One that either of the first two keeps stays; the live one and what is newer always do.</summary>
/// <param name="KeepVersions">The newest ones, the live one counted; null keeps none for their number.</param>
/// <param name="KeepFor">Since another one took their place; null keeps none for their age.</param>
/// <param name="Grace">Since then everything stays: readers may be on their way with a pointer that was read before.</param>
internal sealed record RetentionRule(int? KeepVersions, TimeSpan? KeepFor, TimeSpan Grace = default)
{
    public const int MaxVersions = 1_000_000;

    /// <summary>The grace of every rule of ours: longer than any reader takes between its pointer and its snapshot, caches in between included.</summary>
    public static readonly TimeSpan ReaderGrace = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(3650);

    /// <summary>Whether there is anything to delete by: without a number and an age everything stays.</summary>
    public bool IsLimited => KeepVersions is not null || KeepFor is not null;

    /// <summary>Those that go, oldest first.</summary>
    /// <param name="stored">All that the store has of an environment.</param>
    /// <param name="live">The version that readers are sent to; 0 where that is not known, and then nothing goes.</param>
    /// <param name="now">For the age.</param>
    public IReadOnlyList<StoredVersion> Expired(IEnumerable<StoredVersion> stored, long live, DateTimeOffset now)
    {
        if (!IsLimited)
        {
            return [];
        }

        StoredVersion[] newest = [.. stored.Where(one => one.Version <= live).OrderByDescending(static one => one.Version)];
        List<StoredVersion> expired = [];
        for (int i = Math.Max(1, KeepVersions ?? 0); i < newest.Length; i++)
        {
            TimeSpan superseded = now - newest[i - 1].WrittenAt;
            if (newest[i].Version != live && superseded >= Grace && (KeepFor is not { } age || superseded > age))
            {
                expired.Add(newest[i]);
            }
        }

        expired.Reverse();
        return expired;
    }
}
