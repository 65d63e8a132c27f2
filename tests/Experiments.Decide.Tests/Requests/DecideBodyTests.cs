using System.Text;
using CsCheck;
using Experiments.Decide.Endpoints.Requests;

namespace Experiments.Decide.Tests.Requests;

public sealed class DecideBodyTests
{
    [Fact]
    public void Read_AnyBytes_NeverThrows() => Gen.Byte.Array[0, 40].Sample(body => { DecideBody.Read(body, new DecideRequest()); });

    [Fact]
    public void Read_DamagedBody_NeverThrows()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"user_key":"u\ud800","env":"pr\u006fd","context":{"a":[1,{"b":null}],"c":"\ud800"},"include":["flags",""],"x":1e9}""");
        Gen.Select(Gen.Int[0, body.Length - 1], Gen.Byte, Gen.Int[0, body.Length]).Sample((at, value, length) =>
        {
            byte[] damaged = [.. body];
            damaged[at] = value;
            DecideBody.Read(damaged.AsSpan(0, length), new DecideRequest());
        });
    }
}
