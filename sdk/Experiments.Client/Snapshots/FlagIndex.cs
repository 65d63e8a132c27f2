using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Experiments.Client.Snapshots;

/// <summary>
/// Finds flags and experiments by key. Callers name them by literals, so that it is the same object every time: one that was found is
/// remembered, and the next time comparing references takes the place of hashing and comparing its characters (rows decide-one and
/// flag-is-on of <c>Experiments.Benchmarks bars</c>). Thread-safe.
/// </summary>
internal sealed class FlagIndex
{
    private const int MaxGuessBits = 12;

    // Of a key that is looked up its last characters tell where to guess.
    private const int GuessedChars = 4;
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private readonly FrozenDictionary<string, int> _byKey;

    // By slot the flag that was found first for it. A guess may be any flag: it is only believed where the key is the remembered one.
    private readonly int[] _guesses;
    private readonly int _guessShift;

    // By flag the object by which it was found first; once there it stays, for threads that take turns at writing would wait for each
    // other. It is only ever one that equals the flag's key.
    private readonly string?[] _remembered;

    /// <param name="byKey">Numbers of the flags.</param>
    /// <param name="count">Of flags.</param>
    public FlagIndex(FrozenDictionary<string, int> byKey, int count)
    {
        _byKey = byKey;
        _remembered = new string?[count];
        int bits = Math.Min(MaxGuessBits, BitOperations.Log2((uint)count | 1) + 2);
        _guesses = new int[1 << bits];
        _guesses.AsSpan().Fill(-1);
        _guessShift = 64 - bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetValue(string key, out int flag)
    {
        if (key.Length >= GuessedChars)
        {
            ulong end = MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(key.AsSpan(key.Length - GuessedChars)));
            int slot = (int)(end * Spread >> _guessShift);
            flag = _guesses[slot];
            if ((uint)flag < (uint)_remembered.Length && ReferenceEquals(_remembered[flag], key))
            {
                return true;
            }

            return TryFind(key, slot, out flag);
        }

        return _byKey.TryGetValue(key, out flag);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryFind(string key, int slot, out int flag)
    {
        if (!_byKey.TryGetValue(key, out flag))
        {
            return false;
        }

        if (_guesses[slot] < 0)
        {
            _guesses[slot] = flag;
        }

        if (_remembered[flag] is null)
        {
            Volatile.Write(ref _remembered[flag], key);
        }

        return true;
    }
}
