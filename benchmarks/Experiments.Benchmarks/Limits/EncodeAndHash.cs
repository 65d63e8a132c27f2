using System.Text;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Limits;

/// <summary>The UTF-8 of a user key, a colon and a salt, and its hash: 45 characters.</summary>
internal sealed class EncodeAndHash(string salt) : Work
{
    private const int MaxBytes = 256;

    private readonly string[] _texts = [.. Workload.UserKeys.Select(user => $"{user}:{salt}")];

    public override void Run(int count)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            int length = Encoding.UTF8.GetBytes(_texts[i & (Workload.UserCount - 1)], buffer);
            sum += PlainMurmurHash3.Hash(buffer[..length]);
        }

        Sink += sum;
    }
}
