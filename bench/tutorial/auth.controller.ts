import { Body, Controller, Get, HttpCode, Post, UnauthorizedException } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';

@Controller()
export class AuthController {
  constructor(private readonly jwt: JwtService) {}

  @Post('oauth/token')
  @HttpCode(200)
  token(@Body() body: { client_id?: string; client_secret?: string }) {
    const { CLIENT_ID, CLIENT_SECRET } = process.env;
    if (body.client_id !== CLIENT_ID || body.client_secret !== CLIENT_SECRET)
      throw new UnauthorizedException();
    return { access_token: this.jwt.sign({ sub: body.client_id }), token_type: 'Bearer', expires_in: 3600 };
  }

  @Get('health')
  health() {
    return { status: 'ok' };
  }
}
